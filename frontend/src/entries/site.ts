import { fillAccountCorner } from "../site/account";
import { offerCopies } from "../site/copy";
import { showCurrentDesk } from "../site/desk-strip";
import { openDrawings } from "../site/drawings";
import { startSiteKeys } from "../site/keys";
import { keepPlaceAcrossLanguages } from "../site/languages";
import { showTimes } from "../site/times";
import { followFilm } from "../site/transcript";
import { rememberVeils } from "../site/veils";
import { offerVideos } from "../site/video";

// The theme, and what a reader has chosen, is shown before the first paint by `hashiya/theme.js`, which also serves the button.
showTimes();
offerVideos();
offerCopies();
rememberVeils();
followFilm();
openDrawings();
keepPlaceAcrossLanguages();
startSiteKeys();
showCurrentDesk();
void fillAccountCorner();

// What few pages have comes when it is there.
const pictures = document.querySelectorAll<HTMLElement>("[data-zoom]");
const options = document.querySelector<HTMLButtonElement>("[data-reading-options]");
const paper = document.querySelector<HTMLElement>("[data-paper]");
if (paper) void import("../papers/offer").then(({ offerPaper }) => offerPaper(paper));
if (pictures.length > 0) void import("../zoom/offer").then(({ offerZoom }) => pictures.forEach(offerZoom));
if (options) void import("../options/offer").then(({ offerOptions }) => offerOptions(options));
