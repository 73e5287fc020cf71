import type { InvitationRequest, InviteParticipantsOperation, ODataError } from '../../schemas';

/** An accepted invitation, with the operation that carries it out. */
export interface TakenInvitation {
  operation: InviteParticipantsOperation;
  /** The Location of the operation, as the service sent it. */
  location: string;
}

/** The error for an invitation that the service refused. */
export class InvitationRefused extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, error: ODataError['error']) {
    super(error.message);
    this.status = status;
    this.code = error.code;
  }
}

/** A request as the client sends it; parts that a bot never changes have a default. */
export interface RawInvitation {
  body: string;
  contentType?: string;
  /** The whole header; null for none. */
  authorization?: string | null;
}

export interface InviteClientOptions {
  /** The base URL, to which /communications/calls is appended. */
  baseUrl: string;
  token: string;
  /** Replaces the global fetch. */
  fetch?: typeof fetch;
}

const OPERATION = '#microsoft.graph.inviteParticipantsOperation';

/** A bot's client, which invites participants to a call of its own. */
export class InviteClient {
  private readonly baseUrl: string;
  private readonly token: string;
  private readonly fetch: typeof fetch;

  constructor({ baseUrl, token, fetch: own = fetch }: InviteClientOptions) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
    this.token = token;
    this.fetch = own;
  }

  /**
   * Invites participants to a group call.
   * @throws InvitationRefused for a 4xx
   */
  invite(callId: string, invitation: InvitationRequest): Promise<TakenInvitation> {
    return this.post(callId, { body: JSON.stringify(invitation) });
  }

  /**
   * Sends an invitation unchanged.
   * @throws InvitationRefused for a 4xx; Error for any other undocumented response
   */
  async post(callId: string, raw: RawInvitation): Promise<TakenInvitation> {
    const { body, contentType = 'application/json', authorization = `Bearer ${this.token}` } = raw;
    const response = await this.fetch(
      `${this.baseUrl}/communications/calls/${encodeURIComponent(callId)}/participants/invite`,
      {
        method: 'POST',
        headers: { 'Content-Type': contentType, ...(authorization === null ? {} : { Authorization: authorization }) },
        body,
      },
    );
    const answer: unknown = await response.json();
    if (response.status >= 400 && response.status < 500)
      throw new InvitationRefused(response.status, (answer as ODataError).error);
    const location = response.headers.get('location');
    if (response.status !== 200 || location === null)
      throw new Error(`unexpected response ${response.status} to an invitation`);
    const operation = answer as InviteParticipantsOperation;
    if (operation['@odata.type'] !== OPERATION) throw new Error('the response is not an inviteParticipantsOperation');
    return { operation, location };
  }
}
