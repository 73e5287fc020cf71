import type { HistoryHeader } from '../../history/events';
import { Recorder } from '../../history/recorder';
import { redactor, type Redact } from '../../history/redact';
import { user } from '../support/bodies';
import { aRun } from '../support/histories';

const header: HistoryHeader = aRun().history().header;
let redact: Redact;
beforeEach(() => {
  redact = redactor(['secret-token-0123']);
});

function end(remark: string) {
  return { kind: 'attemptEnd' as const, scenario: 's', attempt: remark, at: 1 };
}

describe('the recorder', () => {
  test('numbers the events from one', () => {
    const recorder = new Recorder(header, redact);
    expect([recorder.add(end('a')), recorder.add(end('b'))].map(({ n }) => n)).toEqual([1, 2]);
  });

  test('orders events by their start, not by their end', () => {
    const recorder = new Recorder(header, redact);
    const first = recorder.reserve();
    recorder.add(end('second'));
    recorder.add(end('first'), first);
    expect(recorder.history().events).toMatchObject([
      { n: 1, attempt: 'first' },
      { n: 2, attempt: 'second' },
    ]);
  });

  test('leaves a gap for a reserved number that was not used', () => {
    const recorder = new Recorder(header, redact);
    recorder.reserve();
    recorder.add(end('a'));
    expect(recorder.history().events.map(({ n }) => n)).toEqual([2]);
  });

  test('redacts exchanges, and passes on and returns the redacted event', () => {
    const lines: unknown[] = [];
    const recorder = new Recorder(header, redact, (line) => lines.push(line));
    const body = { encoding: 'utf8' as const, content: 'secret-token-0123', bytes: 17, truncated: false };
    const headers: [string, string][] = [['Secret-Token-0123', 'x']];
    const delivery = { kind: 'delivery' as const, method: 'POST', path: '/secret-token-0123', headers, body };
    const kept = recorder.add({ ...delivery, headersAt: 0, bodyAt: 1 });
    expect(lines).toHaveLength(2);
    expect(JSON.stringify([lines, kept, recorder.history()])).not.toMatch(/secret-token-0123/i);
  });

  test('keeps an exchange without a response, redacted', () => {
    const [, , sent] = aRun().invite().noAnswer('no secret-token-0123').history().events;
    if (sent?.kind !== 'exchange') throw new Error('it is an exchange');
    const recorder = new Recorder(header, redact);
    expect(recorder.add(sent)).toEqual({ ...sent, n: 1, failure: { reason: 'no [redacted]', at: 20 } });
  });

  test('no longer redacts what the suite itself sends: ids of calls and invitees, and the context', () => {
    const secrets = ['call', 'context', 'invitee', 'ignored', 'other'].map((name) => `secret-${name}-012345`);
    const [callId = '', clientContext = '', invitee = '', ignored = ''] = secrets;
    const recorder = new Recorder(header, redactor(secrets));
    const own = { callId, clientContext, invitees: [user(invitee)], ignored: [user(ignored)] };
    const story = aRun()
      .invite(own)
      .deliver({}, { raw: secrets.join(' ') });
    const [call, invitation, delivery] = story.history().events;
    if (!call || !invitation || !delivery) throw new Error('no events');
    const content = (): unknown => recorder.add(delivery);
    expect(content()).toMatchObject({ body: { content: secrets.map(() => '[redacted]').join(' ') } });
    recorder.add(call);
    expect(content()).toMatchObject({ body: { content: `${callId} ${'[redacted] '.repeat(3)}[redacted]` } });
    recorder.add(invitation);
    expect(content()).toMatchObject({ body: { content: [...secrets.slice(0, 4), '[redacted]'].join(' ') } });
  });

  test('keeps only releases and the end after the run has finished, and nothing after its end', () => {
    const [, , sent] = aRun().invite().answer().history().events;
    if (sent?.kind !== 'exchange') throw new Error('it is an exchange');
    const recorder = new Recorder(header, redact);
    const add = (): void => {
      recorder.add({ ...sent, purpose: 'invite' });
      recorder.add({ ...sent, purpose: 'release' });
      recorder.add(end('a'));
    };
    const kept = (): string[] =>
      recorder.history().events.map((event) => (event.kind === 'exchange' ? event.purpose : event.kind));
    add();
    expect(kept()).toEqual(['invite', 'release', 'attemptEnd']);
    recorder.finish();
    add();
    recorder.add({ kind: 'end', at: 1, interrupted: false, remarks: [] });
    add();
    recorder.finish();
    add();
    expect(kept()).toEqual(['invite', 'release', 'attemptEnd', 'release', 'end']);
  });

  test('passes on events that it does not keep in memory', () => {
    const lines: unknown[] = [];
    const recorder = new Recorder(header, redact, (line) => lines.push(line), false);
    recorder.add(end('a'));
    expect(lines).toHaveLength(2);
    expect(recorder.history().events).toEqual([]);
  });

  test("does not redact the suite's own texts", () => {
    const recorder = new Recorder(header, redact);
    expect(recorder.add(end('secret-token-0123'))).toMatchObject({ attempt: 'secret-token-0123' });
  });

  test('passes on the header first, then each event when it has ended', () => {
    const kinds: string[] = [];
    const recorder = new Recorder(header, redact, ({ kind }) => kinds.push(kind));
    expect(kinds).toEqual(['header']);
    recorder.add(end('a'));
    expect(kinds).toEqual(['header', 'attemptEnd']);
  });

  test('notifies listeners of each event until they unsubscribe', () => {
    const recorder = new Recorder(header, redact);
    let heard = 0;
    const leave = recorder.onEvent(() => {
      heard += 1;
    });
    recorder.add(end('a'));
    leave();
    recorder.add(end('b'));
    expect(heard).toBe(1);
  });

  test('returns a history that later events do not change', () => {
    const recorder = new Recorder(header, redact);
    const taken = recorder.history();
    recorder.add(end('a'));
    expect(taken.events).toEqual([]);
  });

  test('has a clock that starts near zero and never goes back', () => {
    const recorder = new Recorder(header, redact);
    const first = recorder.now();
    expect(first).toBeGreaterThanOrEqual(0);
    expect(first).toBeLessThan(1000);
    expect(recorder.now()).toBeGreaterThanOrEqual(first);
  });
});
