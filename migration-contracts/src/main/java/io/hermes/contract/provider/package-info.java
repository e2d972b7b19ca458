/** What the registry tells the other services about a store, and what they tell it. Internal routes only. */
package io.hermes.contract.provider;
