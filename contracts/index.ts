export { brokerAuthorization, brokerSecrets, fetchPacts, publishResult, type BrokerAccess } from './provider/broker';
export {
  interactionsIn,
  interactionsToVerify,
  ownInteractions,
  PROVIDER,
  type Interaction,
  type NamedPact,
} from './provider/pact-file';
export { contractAttempts, type ContractHooks } from './provider/contract-attempts';
export { Budget, checkPacts, readPacts } from './provider/pact-source';
export { KNOWN_STATES } from './provider/provider-states';
export { verifyContracts, type VerifyContractsContext } from './provider/verify-contracts';
export type { TargetMessage } from './provider/verify-interaction';
export { startVerifier, verifierDeadline, type PactVerifier } from './provider/verifier';
