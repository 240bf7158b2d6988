package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import org.fovea.generator.fault.Finding;
import org.fovea.generator.fault.UserFault;
import org.fovea.generator.pipeline.Deployable;
import org.fovea.generator.pipeline.EngineFit;
import org.fovea.generator.pipeline.Fit;
import org.fovea.generator.pipeline.ModelFile;
import org.fovea.host.detect.Expectation;
import org.fovea.host.manifest.Deployment;

/** What the PC computes of a project's model. */
interface Reference {
  /**
   * @param tensor the image as it is sent to the device
   */
  Expectation of(byte[] tensor);

  /** Of a project that is to be made. */
  static Reference of(Deployable fit) {
    return fit instanceof EngineFit called
        ? OutputOracle.of(called.model())
        : new Oracle(((Fit) fit).compiled());
  }

  /** Of a project, whatever its model's file is called. */
  static Reference of(ModelFile model, Deployment deployment) {
    return deployment.engine().isPresent()
        ? OutputOracle.of(model)
        : Oracle.of(model, deployment.input());
  }

  /**
   * Of the model that a project's firmware was made from.
   *
   * @throws UserFault.UsageRefused when it is another one
   */
  static Reference of(ModelFile model, Deployment deployment, Path project) {
    if (!deployment.model().sha256().equals(model.sha256())) {
      throw new UserFault.UsageRefused(
          List.of(
              new Finding(
                  project.toString(),
                  "was made of another file than " + model.name(),
                  "its layers are not this model's",
                  "name a project of this very file: fovea generate, fovea build")));
    }
    return of(model, deployment);
  }
}
