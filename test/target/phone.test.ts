import { DEFAULTS } from '../../schemas/options';
import { NotProvided } from '../../target/errors';
import { Phone, phoneOf } from '../../target/phone';

const invitees = { phone: '+12345678901' };

test('a phone is dialled at most as often as a run may', () => {
  const phone = new Phone('+12345678901', 2);
  expect([phone.dial(), phone.dial()]).toEqual(['+12345678901', '+12345678901']);
  expect(() => phone.dial()).toThrow('the run has already dialled the phone 2 times, the maximum');
  expect(() => phone.dial()).toThrow(NotProvided);
});

test('the maximum number of dials is small by default', () => {
  const { maxDials } = DEFAULTS;
  const phone = phoneOf({ invitees, allowPstn: true, maxDials });
  for (let i = 0; i < maxDials; i += 1) phone.dial();
  expect(() => phone.dial()).toThrow(NotProvided);
  expect(() => phoneOf({ invitees, allowPstn: true, maxDials: 0 }).dial()).toThrow(NotProvided);
});

test('a phone that the run has invited to the only call is not dialled again, and the reason is reported', () => {
  const phone = new Phone('+12345678901', 4);
  expect(phone.dial(true)).toBe('+12345678901');
  expect(phone.dial()).toBe('+12345678901');
  expect(() => phone.dial(true)).toThrow('the run has already invited the phone to the prepared call');
});

test.each([
  ['not allowed', { invitees, allowPstn: false }],
  ['not named', { invitees: {}, allowPstn: true }],
])('no phone is dialled: %s', (_name, options) => {
  expect(() => phoneOf({ ...options, maxDials: 1 }).dial()).toThrow('this run may not dial a phone');
});
