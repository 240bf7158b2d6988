/** Many images through one board: how long each takes, where the time goes, what changed. */
package org.fovea.host.bench;
