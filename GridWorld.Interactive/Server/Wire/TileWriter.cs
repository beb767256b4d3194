using System.Text.Json;

namespace GridWorld;

/// <summary>The tiles of a world, for what draws its cells.</summary>
internal static class TileWriter
{
    /// <summary>What each character that the map may have means in its world. Cells are numbers of these tiles, from 1.</summary>
    public static void Write(Utf8JsonWriter writer, World world)
    {
        writer.WriteStartArray("tiles");
        foreach (var tile in world.Tiles.Tiles[1..])
        {
            writer.WriteStartObject();
            writer.WriteString("tile", tile.Character.ToString());
            writer.WriteString("kind", Kind(tile));
            writer.WriteNumber("reward", tile.Reward ?? world.Rules.StepReward);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static string Kind(Tile tile) => tile switch
    {
        { IsWall: true } => "wall",
        { IsGoal: true } => "goal",
        { IsTerminal: true } => "hole",
        { IsRestart: true } => "cliff",
        { Teleport: not null } => "teleport",
        { Meaning: 'S' } => "start",
        _ => "floor",
    };
}
