/** What calls and invitees a run can be given, however it is done. */
export interface GroupCallWish {
  /** Whether the call has chat info. */
  chatInfo: boolean;
  /** Whether its application instance has a PSTN number. */
  pstnNumber: boolean;
  callbackUri: string;
}

/** Gets calls and invitees from the target. Each method throws NotProvided, saying why, where it can't. */
export interface Provisioner {
  /** True where the service posts to one URL for all calls, set up by hand. */
  sharedCallback?: boolean;
  groupCall(wish: GroupCallWish): Promise<{ callId: string }>;
  /** A live call between the bot and one user. */
  peerToPeerCall(callbackUri: string): Promise<{ callId: string; userId: string }>;
  /** Users who can be invited, all different. */
  users(count: number): Promise<string[]>;
  /** A user to whom an invitation cannot be carried out. */
  unreachableUser(): Promise<string>;
  /** Gives back what was provisioned; never throws. */
  release(): Promise<void>;
}
