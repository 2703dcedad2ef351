/** Network addresses as users write them. */
package org.carillon.core.net;
