/**
 * The suite as a library. It prints nothing, does not end the process, and reads only environment variables that
 * options name.
 */
export { runConformance } from './api/run';
export { judge } from './api/judge';
export { render, type Format, type RenderOptions } from './api/render';
export { readWaivers } from './api/waivers';
export type { App } from './api/app';
export type { JudgeOptions, Options, Progress } from './api/options';
export { BEHAVIORS, behaviorsOf, type BehaviorInfo } from './api/catalog';
export { EDITIONS, type Edition } from './behaviors/edition';
export { EnvironmentError, Interrupted, UsageError, type Layer } from './target/errors';
export { HistoryFileError } from './history/history-file';
export { WriteError } from './common/write-file';
export { conformance } from './runners/conformance';
export type { ConformanceOptions, Provided, Provider } from './runners/timed-run';
export type { Runner, TestContext } from './runners/runner';
export type { BehaviorId } from './behaviors/catalog';
export type { Level } from './behaviors/record';
export type { History, HistoryEvent, HistoryHeader } from './history/events';
export type { AttemptRef, Place, Value } from './behaviors/finding';
export type { Finding } from './schemas/generated/result';
export type { Waiver } from './verdicts/waivers';
export type { BehaviorResult, ContractResult, Result } from './verdicts/result';
export type { Cause } from './verdicts/causes';
export type { Verdict } from './verdicts/judged-behavior';
