/** A picture for people, where the test run asked for pictures; see tests/screenshots.py. */
export function picture(name) {
    return {
        content: `Picture ${name}`,
        trigger: "body",
        run: async () => {
            if (!document.cookie.includes("screenshots=1")) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 700));
            const page = document.documentElement;
            const height = Math.max(page.scrollHeight, page.clientHeight);
            console.log(`screenshot: ${name} ${window.innerWidth} ${height}`);
            await new Promise((resolve) => setTimeout(resolve, 1200));
        },
    };
}

/** Nothing sticks out of the screen sideways. */
export function fits(content) {
    return {
        content: `${content} fits on the screen`,
        trigger: "body",
        run: () => {
            const page = document.documentElement;
            if (page.scrollWidth > page.clientWidth) {
                throw new Error(`${content} is ${page.scrollWidth} wide on ${page.clientWidth}`);
            }
        },
    };
}

/** Press a button of a form; on a phone the buttons are in a menu. */
export function press(name) {
    return {
        content: `Press ${name}`,
        trigger: `.o_statusbar_buttons button[name='${name}'], .o_cp_action_menus, .o_statusbar_buttons`,
        async run({ anchor, click }) {
            const find = () => document.querySelector(`button[name='${name}']`);
            if (!find()) {
                await click(anchor.querySelector("button.dropdown-toggle") || anchor);
                await new Promise((resolve) => setTimeout(resolve, 500));
            }
            await click(find());
        },
    };
}
