/** What several packages' tests share. */
package org.fovea.generator.support;
