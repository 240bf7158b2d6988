/** What can go wrong in the user's world: each fault carries findings that name the remedy. */
package org.fovea.host.fault;
