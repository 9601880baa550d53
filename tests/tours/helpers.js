/** A picture for people, where the test run asked for pictures; see bin/lib/pytest_pictures.py. */
export function picture(name) {
    return {
        content: `Picture ${name}`,
        trigger: "body",
        run: () => window.takePicture?.(name),
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
