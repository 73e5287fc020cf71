import { existsSync } from 'node:fs';
import { readTextNow, MAX_TEXT_BYTES } from '../common/read-file';
import { EDITION, type Edition } from '../behaviors/edition';
import { UsageError } from '../target/errors';
import { checkPage } from './check-page';
import { checkText, readText } from './check-text';
import { drift } from './drift';
import type { DriftReport } from './drift-report';
import { driftJson, driftMarkdown, driftText } from './drift-text';
import { fingerprintsFileOf, readFingerprints, writeFingerprints } from './fingerprint-file';
import { recordedLines, type Sources } from './fingerprints';
import type { Page } from './page';
import { readPage } from './read-page';
import { jsonText } from '../common/printable';
import { inventoryOf, unitsOf } from './units';
import { updatedFingerprints, type FingerprintsUpdate } from './update-fingerprints';

/** What a command prints, and the exit code that it comes to. */
export interface CommandResult {
  text: string;
  exitCode: number;
}

export const DRIFT_FORMATS = ['text', 'json', 'markdown'] as const;
export type DriftFormat = (typeof DRIFT_FORMATS)[number];

export interface DriftOptions {
  format?: DriftFormat;
  /** Writes new fingerprints after the drift report. */
  update?: boolean;
  /** The edition whose records and fingerprints the page is held against; default: the first. */
  edition?: Edition;
  /** The file of fingerprints; the package's own of the edition by default. */
  fingerprints?: string;
}

/** @throws UsageError where the file can't be read or is no page about an API */
export function pageFrom(file: string): Page {
  const markdown = readTextNow(file, 'the page', MAX_TEXT_BYTES);
  try {
    return readPage(markdown);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

/**
 * `page read FILE`: all that the page holds, with its lines.
 *
 * @throws UsageError where the file can't be read or is no page about an API
 */
export function pageReadCommand(file: string, options: { json?: boolean } = {}): CommandResult {
  const page = pageFrom(file);
  return { text: options.json === true ? `${jsonText(page, 2)}\n` : readText(page), exitCode: 0 };
}

/**
 * `page check FILE`: what the page breaks of its own rules.
 *
 * @returns exit code 1 where something was found that is not among the known contradictions, else 0
 * @throws UsageError where the file can't be read or is no page about an API
 */
export function pageCheckCommand(file: string, options: { json?: boolean } = {}): CommandResult {
  const report = checkPage(pageFrom(file));
  const text = options.json === true ? `${jsonText(report, 2)}\n` : checkText(report);
  return { text, exitCode: report.exitCode };
}

const RENDERERS: Record<DriftFormat, (report: DriftReport) => string> = {
  text: driftText,
  json: driftJson,
  markdown: driftMarkdown,
};

/**
 * `drift FILE`: what became of the behaviours' places on a page.
 *
 * @returns exit code 1 where one changed or is gone, 3 where only something new is covered by none, else 0; after an update 0
 * @throws UsageError where a file can't be read or written, or is not what it should be
 */
export function driftCommand(file: string, options: DriftOptions = {}): CommandResult {
  const { format = 'text', update = false, edition = EDITION } = options;
  const path = options.fingerprints ?? fingerprintsFileOf(edition);
  const page = pageFrom(file);
  const sources = recordedLines(edition);
  if (!existsSync(path) && options.fingerprints === undefined && !update) throw notTaken(edition, path);
  if (update && !existsSync(path)) {
    const { sources: there, lacking } = edition === EDITION ? { sources, lacking: [] } : placesThere(page, sources);
    const { fingerprints } = updatedFingerprints(page, undefined, there);
    writeFingerprints(path, fingerprints);
    const more = lacking.map((id) => `  ${id}: its lines hold nothing on this page; correct its record\n`);
    return { text: `${path}: written for the first time\n${more.join('')}`, exitCode: 0 };
  }
  const old = readFingerprints(path);
  const report = drift(page, old, edition);
  const text = RENDERERS[format](report);
  if (!update) return { text, exitCode: report.exitCode };
  const made = updatedFingerprints(page, old, sources);
  writeFingerprints(path, made.fingerprints);
  if (format === 'json') return { text, exitCode: made.gone.length > 0 ? 1 : 0 };
  return { text: `${text}\n${updateText(made, path)}`, exitCode: made.gone.length > 0 ? 1 : 0 };
}

/** For an edition without fingerprints. */
function notTaken(edition: Edition, path: string): UsageError {
  return new UsageError(
    `there are no fingerprints of the edition of ${edition} yet: take them from a copy of its page with \`invite-conformance drift PAGE --edition ${edition} --update\`, which writes ${path}`,
  );
}

/** The lines of records that hold something on a page: of an edition whose copy is another, not all may. */
function placesThere(page: Page, sources: Sources): { sources: Sources; lacking: string[] } {
  const units = unitsOf(inventoryOf(page));
  const isThere = (line: number): boolean => units.some((unit) => unit.line <= line && line <= unit.lastLine);
  const there = [...sources].filter(([, lines]) => lines.every(isThere));
  return {
    sources: new Map(there),
    lacking: [...sources.keys()].filter((id) => there.every(([own]) => own !== id)),
  };
}

function updateText({ moved, gone }: FingerprintsUpdate, path: string): string {
  const lines = [`${path}: written; no record, statement or judge was touched.`];
  if (moved.length > 0) lines.push('Lines to correct in the records:');
  for (const { id, recorded, now } of moved) {
    lines.push(`  behaviors/${id.slice(0, id.indexOf('.'))}.ts  ${id}: ${recorded.join(', ')} → ${now.join(', ')}`);
  }
  if (gone.length > 0) lines.push('Still gone, until their records name other lines:');
  return [...lines, ...gone.map((id) => `  ${id}`), ''].join('\n');
}
