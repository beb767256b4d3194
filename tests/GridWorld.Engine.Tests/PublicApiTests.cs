namespace GridWorld.Tests;

public class PublicApiTests() : PublicApi(typeof(World).Assembly);
