from tests.geodata.fetching.town import play_town


def test_x(server):
    play_town(server)
