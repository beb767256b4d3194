namespace GridWorld;

/// <summary>Worlds from MovingAI's benchmark files.</summary>
internal static class MovingAi
{
    public static World Load(string path, MoveSet moves, int? scenario) => throw new InputException($"{Printable.Text(path)}: MovingAI maps cannot be read yet.");
}
