// What the map is drawn with, in a file of its own that only a page with a map and a browser with WebGL load.
export { Map, setWorkerUrl } from "maplibre-gl";
