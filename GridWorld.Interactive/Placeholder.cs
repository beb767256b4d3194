namespace GridWorld;
internal static class Placeholder;
