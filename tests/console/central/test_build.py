"""A centre is put together from resources: any city, a folder or a URL."""

from console.central.build import build


def test_a_folder_is_made_and_opened_again(tmp_path, clock):
    epochs = set()
    for _ in range(2):
        made = build(tmp_path / "new" / "folder", clock, demo=True)
        epochs.add(made.centre.epoch)
        assert made.centre.hello().demo
        assert made.centre.hello().city == "320100"
        assert made.limits["flash"]
        made.close()
    assert len(epochs) == 1
