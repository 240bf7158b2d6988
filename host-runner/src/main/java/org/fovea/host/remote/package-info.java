/** Programs on boards that run Linux: copied, started and talked to through ssh. */
package org.fovea.host.remote;
