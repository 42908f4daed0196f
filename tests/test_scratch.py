import pytest
@pytest.mark.parametrize("i", range(10))
def test_a(project, i):
    project.tests('''
        @pytest.mark.expects_code(401009)
        def test_duplicate(errcodes):
            errcodes.reply(401009)
            place_order()
    ''')
    assert project.run().outcomes == {"passed": 1}
