import fastify from 'fastify';
import { calls, refusal } from './calls.mjs';

const answer =
  (reply) =>
  ({ params, headers, body }, response) => {
    const { status, headers: more, body: answered, sent } = reply({ callId: params.id, headers, body });
    response.raw.once('close', sent);
    return response.code(status).headers(more).send(answered);
  };

const refuse = (error, _request, response) => {
  const { status, body } = refusal({ status: error.statusCode, ...error, message: error.message });
  return response.code(status).send(body);
};

// frameworkErrors: errors of Fastify itself, such as for an id that is too long, also have the form of Graph's errors.
const app = fastify({ frameworkErrors: refuse });
app.post('/v1.0/communications/calls/:id/participants/invite', answer(calls.invite));
app.post(
  '/states',
  answer(({ body }) => calls.changeState(body)),
);
app.setErrorHandler(refuse);

export const target = app;
