/** One page that shows a deployment and its runs, and the same as JSON. */
package org.fovea.host.report;
