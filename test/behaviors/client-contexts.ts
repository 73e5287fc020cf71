import { shows, type Cases } from '../support/cases';
import { drop, put } from '../support/edits';

/** The clientContext in the response. */
export const IN_RESPONSE: Cases = {
  passes: {
    'as sent': (run) => run.invite().answer(),
    'none was sent': (run) => run.invite({ clientContext: null }).answer(),
    'an empty one': (run) => run.invite({ clientContext: '' }).answer(),
    'an empty one is returned as null': (run) => run.invite({ clientContext: '' }).answer(put('/clientContext', null)),
    'none was sent, and an empty one is returned': (run) =>
      run.invite({ clientContext: '' }).answer().invite({ clientContext: null }).answer(put('/clientContext', '')),
    'none was sent, and a new one is returned': (run) =>
      run.invite({ clientContext: null }).answer(put('/clientContext', 'made up')),
    '256 characters, quotes and spaces': (run) => run.invite({ clientContext: ` "ü" ${'x'.repeat(249)} ` }).answer(),
  },
  fails: {
    absent: [
      (run) => run.invite().answer(drop('/clientContext')),
      shows('response.client-context', '$.clientContext', undefined),
    ],
    'none was sent, and that of another invitation is returned': [
      (run) =>
        run.invite({ clientContext: 'c' }).answer().invite({ clientContext: null }).answer(put('/clientContext', 'c')),
      {
        fact: 'response.client-context',
        path: '$.clientContext',
        observed: { is: 'json', value: 'c' },
        belongsTo: 'story/attempt-1/1',
      },
    ],
    'that of another invitation': [
      (run) =>
        run.invite({ clientContext: 'c' }).answer().invite({ clientContext: 'd' }).answer(put('/clientContext', 'c')),
      {
        fact: 'response.client-context',
        path: '$.clientContext',
        observed: { is: 'json', value: 'c' },
        belongsTo: 'story/attempt-1/1',
      },
    ],
    'none was sent, and the text None is returned': [
      (run) => run.invite({ clientContext: null }).answer(put('/clientContext', 'null')),
      shows('response.client-context', '$.clientContext', 'null'),
    ],
    'read as a literal': [
      (run) => run.invite({ clientContext: 'true' }).answer(put('/clientContext', true)),
      shows('response.client-context', '$.clientContext', true),
    ],
    'an empty one is returned as text': [
      (run) => run.invite({ clientContext: '' }).answer(put('/clientContext', 'null')),
      shows('response.client-context', '$.clientContext', 'null'),
    ],
    trimmed: [
      (run) => run.invite({ clientContext: ' c ' }).answer(put('/clientContext', 'c')),
      shows('response.client-context', '$.clientContext', 'c'),
    ],
    'in another case': [
      (run) => run.invite({ clientContext: 'Abc' }).answer(put('/clientContext', 'abc')),
      shows('response.client-context', '$.clientContext', 'abc'),
    ],
    escaped: [
      (run) => run.invite({ clientContext: '<&>' }).answer(put('/clientContext', '&lt;&amp;&gt;')),
      shows('response.client-context', '$.clientContext', '&lt;&amp;&gt;'),
    ],
  },
};

/** The clientContext in the completion. */
export const IN_COMPLETION: Cases = {
  passes: {
    'as sent': (run) => run.invite().joins(),
    'none was sent': (run) => run.invite({ clientContext: null }).joins(),
    'none was sent, and the new one of the response is repeated': (run) =>
      run
        .invite({ clientContext: null })
        .answer(put('/clientContext', 'made up'))
        .completion(put('/resourceData/clientContext', 'made up')),
    "none was sent, and both the response and the completion have another's": (run) =>
      run
        .invite({ clientContext: 'c' })
        .joins()
        .invite({ clientContext: null })
        .answer(put('/clientContext', 'c'))
        .completion(put('/resourceData/clientContext', 'c')),
    'none was sent, another invitation has one, and the completion makes up a third': (run) =>
      run
        .invite({ clientContext: 'c' })
        .joins()
        .invite({ clientContext: null })
        .answer()
        .completion(put('/resourceData/clientContext', 'made up')),
    'an empty one, and it is null': (run) =>
      run.invite({ clientContext: '' }).answer().completion(put('/resourceData/clientContext', null)),
    'none was sent, and only the completion has a new one': (run) =>
      run.invite({ clientContext: null }).answer().completion(put('/resourceData/clientContext', 'made up')),
    'none was sent, and an empty one is sent': (run) =>
      run
        .invite({ clientContext: '' })
        .answer()
        .invite({ clientContext: null })
        .answer()
        .completion(put('/resourceData/clientContext', '')),
    'none was sent, and only the response has a new one': (run) =>
      run.invite({ clientContext: null }).answer(put('/clientContext', 'made up')).completion(),
  },
  fails: {
    'none was sent, and the response has none': [
      (run) => run.invite({ clientContext: null }).answer().completion(put('/resourceData/clientContext', 'undefined')),
      shows('completion.client-context', '$.value[0].resourceData.clientContext', 'undefined'),
    ],
    'none was sent, and that of another invitation is returned': [
      (run) =>
        run
          .invite({ clientContext: 'c' })
          .answer()
          .invite({ clientContext: null })
          .answer()
          .completion(put('/resourceData/clientContext', 'c')),
      {
        fact: 'completion.client-context',
        path: '$.value[0].resourceData.clientContext',
        observed: { is: 'json', value: 'c' },
        belongsTo: 'story/attempt-1/1',
      },
    ],
    'white space is lost': [
      (run) => run.invite({ clientContext: 'a\tb\n' }).answer().completion(put('/resourceData/clientContext', 'ab')),
      shows('completion.client-context', '$.value[0].resourceData.clientContext', 'ab'),
    ],
    'read as a number': [
      (run) => run.invite({ clientContext: '1e5' }).answer().completion(put('/resourceData/clientContext', 100_000)),
      shows('completion.client-context', '$.value[0].resourceData.clientContext', 100000),
    ],
    absent: [
      (run) => run.invite().answer().completion(drop('/resourceData/clientContext')),
      shows('completion.client-context', '$.value[0].resourceData.clientContext', undefined),
    ],
    'absent, while another invitation has none': [
      (run) =>
        run
          .invite({ tries: [], clientContext: null })
          .answer()
          .invite()
          .answer()
          .completion(drop('/resourceData/clientContext')),
      shows('completion.client-context', '$.value[0].resourceData.clientContext', undefined),
    ],
    another: [
      (run) => run.invite().answer().completion(put('/resourceData/clientContext', 'another')),
      shows('completion.client-context', '$.value[0].resourceData.clientContext', 'another'),
    ],
  },
  untested: {
    'no completion': [(run) => run.invite().answer().roster(), { lacks: 'ended', restsOn: ['completion.arrives'] }],
  },
};
