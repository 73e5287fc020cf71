import type { Result } from '../verdicts/result';
import { sorted } from './select';

function said(result: Result): { message: string; color: string } {
  const { failed, waived } = sorted(result);
  const { exitCode, gate } = result;
  if (exitCode === 1) return { message: failed.length > 0 ? `${failed.length} failed` : 'gate failed', color: 'red' };
  if (exitCode === 3) return { message: 'incomplete', color: 'yellow' };
  if (exitCode === 4) return { message: 'not judged', color: 'lightgrey' };
  if (exitCode === 130) return { message: 'interrupted', color: 'lightgrey' };
  if (waived.length > 0) return { message: `conforms, ${waived.length} waived`, color: 'yellowgreen' };
  return { message: `conforms (${gate})`, color: 'brightgreen' };
}

/** What the endpoint badge of shields.io reads. */
export function badgeReport(result: Result): string {
  return `${JSON.stringify({ schemaVersion: 1, label: 'participant: invite', ...said(result) })}\n`;
}
