export { checkPage, type PageReport } from './check';
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
export type { BehaviorDrift, DriftReport, PlaceDrift, Standing, Uncovered } from './drift-report';
export { driftJson, driftMarkdown, driftText } from './drift-text';
export { OWN_FINGERPRINTS, parseFingerprints, readFingerprints, writeFingerprints } from './fingerprint-file';
export { fingerprintsOf, recordedIn, type Fingerprints } from './fingerprints';
export type { PageFinding } from './finding';
export type { Example, Lines, Message, Page } from './page';
export { readPage } from './read';
export { updated, type Update } from './update';
