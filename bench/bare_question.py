"""The yardstick of the linear face: one text question of questionary."""

import questionary

if __name__ == "__main__":
    questionary.text("BARE QUESTION").ask()
