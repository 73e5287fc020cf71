export { brokerAuthorization, brokerSecrets, fetchPacts, publishResult, type BrokerAccess } from './provider/broker';
export { interactionsIn, interactionsToVerify, ownInteractions, type NamedPact } from './provider/pact-file';
export { contractAttempts } from './provider/contract-attempts';
export { Budget, checkPacts, readPacts } from './provider/pact-source';
export { verifyContracts } from './provider/verify-contracts';
export { startVerifier, verifierDeadline, type PactVerifier } from './provider/verifier';
