/** The conversation with one board over one port, with its time-outs and repeats. */
package org.fovea.host.session;
