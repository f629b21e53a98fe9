// Every page: htmx, told to run no code that comes in an answer and to write no style of its own (the page's policy
// would refuse both).
import htmx from "htmx.org";
import { listenToDelivery } from "./undelivered.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
  refreshOnHistoryMiss: true,
});

listenToDelivery(document);
