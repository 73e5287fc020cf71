// Generated from comms-operation.schema.json by `npm run generate`. Do not edit.
import type { ResultInfo } from './result-info';

/**
 * An operation of the cloud communications API that goes on after its response.
 */
export interface CommsOperation {
  /**
   * The OData type of the operation. Only its JSON type is judged here.
   */
  '@odata.type'?: string | null;
  /**
   * Names the operation; the Location header and the notifications refer to it.
   */
  id: string;
  /**
   * How far the operation has come. Letters of either case are accepted.
   */
  status?: string | null;
  /**
   * The string that the inviter sent, for matching notifications with requests.
   */
  clientContext?: string | null;
  /**
   * Why the operation ended as it did. Null while it is under way.
   */
  resultInfo?: ResultInfo | null;
}
