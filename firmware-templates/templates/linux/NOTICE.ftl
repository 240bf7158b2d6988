Fovea runtime and kernels
Licensed under the Apache License, Version 2.0 (the "License"); you may not use these files except in compliance with the
License. You may obtain a copy of the License at https://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an
"AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.

<#if view.ownKernels>
This project was generated from the model ${view.model}. Its weights, in generated/fv_weights.c, stay under the licence of that model.
Linked statically, the program holds parts of the C library of the compiler, with glibc under the LGPL 2.1 or later: who
hands the program on lets others link it anew, for which these sources are enough.
<#else>
This project was generated from the model ${view.model}. The compiled network, in compiled/, stays under the licences of that model
and of the compiler that made it; nothing of it is Fovea's.
</#if>
