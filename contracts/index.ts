export { interactionsIn, ownInteractions, type Interaction } from './provider/pact-file';
export { KNOWN_STATES } from './provider/provider-states';
export { verifyContracts, type ContractHooks, type ContractSettings } from './provider/verify-contracts';
