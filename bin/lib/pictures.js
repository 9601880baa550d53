/** Runs in each page of a browser test that takes pictures: see pytest_pictures.py. */
(() => {
    const STEPS = "@web_tour/js/tour_automatic/tour_step_automatic";
    const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
    const last = (list) => list[list.length - 1];

    /** Ask the test for a picture of the whole page, and wait until it has it. */
    window.takePicture = async (name) => {
        await pause(300);
        const page = document.documentElement;
        const height = Math.max(page.scrollHeight, page.clientHeight);
        await new Promise((resolve) => {
            window.pictureTaken = resolve;
            console.log(`screenshot: ${name} ${window.innerWidth} ${height} ${window.innerHeight}`);
        });
    };

    /** A screen is complete when it is left, and when the tour ends. */
    function isLeft(step) {
        const isApp = document.body.classList.contains("o_web_client");
        return (
            step.expectUnloadPage ||
            step.index === last(step.tour.steps).index ||
            (isApp && /^(dbl)?click/.test(step.run))
        );
    }

    function watch({ TourStepAutomatic }) {
        const { doAction } = TourStepAutomatic.prototype;
        TourStepAutomatic.prototype.doAction = async function () {
            if (!this.skipped && isLeft(this)) {
                await window.takePicture(
                    `${this.tour.name}-${String(this.index + 1).padStart(2, "0")}`,
                );
                // The page may have been drawn anew meanwhile.
                await pause(100);
                this.findTrigger();
            }
            return doAction.call(this);
        };
    }

    const timer = setInterval(() => {
        const steps = window.odoo?.loader?.modules.get(STEPS);
        if (steps) {
            clearInterval(timer);
            watch(steps);
        }
    }, 5);
})();
