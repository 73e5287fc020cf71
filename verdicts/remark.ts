/** Something worth knowing that decides nothing about a behaviour, as data. */
export type Remark =
  /** What was noted while the run was recorded, as it stands in the history. */
  (
    | { code: 'recorded'; text: string }
    /** What the edition does not ask for, and is not so in some of the invitations that show it. */
    | { code: 'notAsked'; behavior: string; statement: string; deviating: number; tried: number }
    /** A waiver that has expired, is stale, or ends soon. */
    | { code: 'waiverExpired' | 'waiverStale' | 'waiverEnds'; behavior: string; owner: string; expires: string }
  ) & {
    /** Of a merged result: the name of the result that it comes from. */
    of?: string;
  };

/** What was noted while a run was recorded. */
export function recorded(text: string): Remark {
  return { code: 'recorded', text };
}
