export { checkPage, type PageReport } from './check-page';
export { checkText, readText } from './check-text';
export {
  DRIFT_FORMATS,
  driftCommand,
  pageCheckCommand,
  pageReadCommand,
  type CommandResult,
  type DriftFormat,
  type DriftOptions,
} from './commands';
export { drift } from './drift';
export type { BehaviorDrift, DriftReport, PlaceDrift, DriftStatus, Uncovered } from './drift-report';
export { driftJson, driftMarkdown, driftText } from './drift-text';
export { OWN_FINGERPRINTS, parseFingerprints, readFingerprints, writeFingerprints } from './fingerprint-file';
export { fingerprintsOf, recordedIn, type Fingerprints } from './fingerprints';
export type { PageFinding } from './page-finding';
export type { Example, Lines, Message, Page } from './page';
export { readPage } from './read-page';
export { updatedFingerprints, type FingerprintsUpdate } from './update-fingerprints';
