package org.fovea.host.port;

/**
 * A serial port of this machine.
 *
 * @param name what {@link Ports#open} takes
 * @param description from the driver
 * @param usbId {@code vid:pid} in lower-case hex, empty when it is no USB port
 */
public record PortInfo(String name, String description, String usbId) {}
