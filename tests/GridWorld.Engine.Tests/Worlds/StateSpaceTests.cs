namespace GridWorld.Tests;

public class StateSpaceTests
{
    [Fact]
    public void States_are_numbered_mode_by_mode_and_row_by_row()
    {
        var space = new StateSpace(Width: 4, Height: 3, Modes: 2);

        Assert.Equal((24, 12), (space.States, space.Cells));
        Assert.Equal((6, 18), (space.StateAt(2, 1), space.StateAt(2, 1, mode: 1)));
        Assert.Equal((new Cell(2, 1), new Cell(2, 1)), (space.CellOf(6), space.CellOf(18)));
        Assert.Equal((6, 6), (space.IndexOf(6), space.IndexOf(18)));
    }

    [Fact]
    public void Every_state_has_one_cell_and_mode_and_they_give_it_back()
    {
        var space = new StateSpace(Width: 5, Height: 2, Modes: 3);

        var states = from mode in Enumerable.Range(0, 3) from y in Enumerable.Range(0, 2) from x in Enumerable.Range(0,
            5) select space.StateAt(x, y, mode);

        Assert.Equal(Enumerable.Range(0, space.States), states);
        Assert.All(Enumerable.Range(0, space.States),
            state => Assert.Equal(state % 10, space.StateAt(space.CellOf(state).X, space.CellOf(state).Y)));
    }

    [Fact]
    public void World_numbers_its_cells_row_by_row()
    {
        var world = World.Parse("S..#\n...G");

        Assert.Equal((7, new Cell(3, 1)), (world.StateAt(3, 1), world.CellOf(7)));
        Assert.True(world.IsWall(3) && world.IsTerminal(7));
    }
}
