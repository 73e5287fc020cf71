import { existsSync } from 'node:fs';
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
import { pageSource, sourceName } from './page-source';
import { readPage } from './read-page';
import { jsonText } from '../common/printable';
import { inventoryOf, unitsOf } from './units';
import { updatedFingerprints, type FingerprintsUpdate } from './update-fingerprints';

/** A command's output and its exit code. */
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
  /** The edition to compare the page with; default: the first. */
  edition?: Edition;
  /** The fingerprints file; default: the edition's file in the package. */
  fingerprints?: string;
}

/**
 * @param source a file, or a URL
 * @throws UsageError if it can't be read or is not a page about an API
 * @throws EnvironmentError if the URL does not give the page in time
 */
async function pageFrom(source: string): Promise<Page> {
  const markdown = await pageSource(source);
  try {
    return readPage(markdown);
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${sourceName(source)}: ${error.message}`);
    throw error;
  }
}

/**
 * `page read FILE`: the content of a page, with its lines.
 *
 * @throws UsageError if the file can't be read or is not a page about an API
 */
export async function pageReadCommand(file: string, options: { json?: boolean } = {}): Promise<CommandResult> {
  const page = await pageFrom(file);
  return { text: options.json === true ? `${jsonText(page, 2)}\n` : readText(page), exitCode: 0 };
}

/**
 * `page check FILE`: checks a page for contradictions.
 *
 * @returns exit code 1 if there is a finding that is not a known contradiction, else 0
 * @throws UsageError if the file can't be read or is not a page about an API
 */
export async function pageCheckCommand(file: string, options: { json?: boolean } = {}): Promise<CommandResult> {
  const report = checkPage(await pageFrom(file));
  const text = options.json === true ? `${jsonText(report, 2)}\n` : checkText(report);
  return { text, exitCode: report.exitCode };
}

const RENDERERS: Record<DriftFormat, (report: DriftReport) => string> = {
  text: driftText,
  json: driftJson,
  markdown: driftMarkdown,
};

/**
 * `drift FILE`: compares the places that behaviours come from with a page.
 *
 * @returns exit code 1 if one changed or is gone, 3 if there is only new content, else 0; after an update 0, or 1 if
 * one is gone
 * @throws UsageError if a file can't be read or written, or is invalid
 */
export async function driftCommand(file: string, options: DriftOptions = {}): Promise<CommandResult> {
  const { format = 'text', update = false, edition = EDITION } = options;
  const path = options.fingerprints ?? fingerprintsFileOf(edition);
  const page = await pageFrom(file);
  if (update && page.format === 'html') throw noLines(file);
  const sources = recordedLines(edition);
  if (!existsSync(path) && options.fingerprints === undefined && !update) throw notTaken(edition, path);
  if (update && !existsSync(path)) {
    const { sources: there, lacking } = edition === EDITION ? { sources, lacking: [] } : placesThere(page, sources);
    const { fingerprints } = updatedFingerprints(page, undefined, there);
    writeFingerprints(path, fingerprints);
    const more = lacking.map((id) => `  ${id}: its lines have no content on this page; correct its record\n`);
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

/** The error for fingerprints of a page as a browser shows it: records name the lines of the Markdown source. */
function noLines(source: string): UsageError {
  return new UsageError(
    `${sourceName(source)}: it is HTML, and records name the lines of the Markdown source; use --update with that source. Nothing was written`,
  );
}

/** The error for an edition without fingerprints. */
function notTaken(edition: Edition, path: string): UsageError {
  return new UsageError(
    `there are no fingerprints of the edition of ${edition} yet: take them from a copy of its page with \`invite-conformance drift PAGE --edition ${edition} --update\`, which writes ${path}`,
  );
}

/** The recorded lines that have content on a page: the page may differ from the one behind the records. */
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
  const lines = [`${path}: written; no record, statement or judge was changed.`];
  if (moved.length > 0) lines.push('Lines to correct in the records:');
  for (const { id, recorded, now } of moved) {
    lines.push(`  behaviors/${id.slice(0, id.indexOf('.'))}.ts  ${id}: ${recorded.join(', ')} → ${now.join(', ')}`);
  }
  if (gone.length > 0) lines.push('Gone until their records name other lines:');
  return [...lines, ...gone.map((id) => `  ${id}`), ''].join('\n');
}
