/** The public API of `invite-conformance/mock`, for the author of a bot. */
export { mockCatalog, type MockCatalog } from './catalog';
export { MOCK_EDITIONS, type MockEdition } from './edition';
export { createMock, type MockApp, type MockControls } from './create-mock';
export type { Injection, Scope } from './injection';
export type { CreateMockOptions, MockOptions, MockTls, MockTokens } from './options';
export { startMock, type Mock } from './server';
export type { MockStates } from './states';
export type { ThrottleOptions, Throttling } from './throttle';
export type { TokenOptions } from './tokens';
export type { MockNotification, MockRequest } from './traffic';
