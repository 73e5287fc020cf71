export { brokerAuthorization, fetchPacts, publishResult, type BrokerAccess } from './provider/broker';
export { interactionsIn, ownInteractions, readPact, type Interaction, type NamedPact } from './provider/pact-file';
export { rehearseContracts, type RehearsedContracts } from './provider/rehearse';
export { KNOWN_STATES } from './provider/provider-states';
export { verifyContracts, type ContractHooks, type ContractSettings } from './provider/verify-contracts';
export type { Seen } from './provider/trial';
export { startVerifier, verifierDeadline, type PactVerifier } from './provider/verifier';
