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
export { drift, type BehaviorDrift, type DriftReport, type PlaceDrift, type Standing, type Uncovered } from './drift';
export { driftJson, driftMarkdown, driftText } from './drift-text';
export { OWN_FINGERPRINTS, parseFingerprints, readFingerprints, writeFingerprints } from './fingerprint-file';
export { fingerprintsOf, type Fingerprints } from './fingerprints';
export type { PageFinding } from './finding';
export type { Example, Lines, Message, Page } from './page';
export { readPage } from './read';
export { updated, type Update } from './update';
