import express from 'express';
import { calls, refusal } from './calls.mjs';

const answer =
  (reply) =>
  ({ params, headers, body }, res) => {
    const { status, headers: more, body: answered, sent } = reply({ callId: params.id, headers, body });
    res.once('close', sent);
    res.status(status).set(more).json(answered);
  };

const app = express();
app.use(express.json());
app.post('/v1.0/communications/calls/:id/participants/invite', answer(calls.invite));
app.post(
  '/states',
  answer(({ body }) => calls.changeState(body)),
);
// Express recognises an error handler by its four parameters.
app.use((error, _req, res, _next) => {
  const { status, body } = refusal(error);
  res.status(status).json(body);
});

export const target = app;
