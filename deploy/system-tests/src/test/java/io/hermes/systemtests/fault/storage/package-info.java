/** What stores and networks do to documents on their way (F15 to F26), and which documents it is done to. */
package io.hermes.systemtests.fault.storage;
