using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridWorld;

/// <summary>Reads and writes a specification as JSON. A round trip returns an equal specification.</summary>
internal static class SpecificationJson
{
    // The greatest integer that JavaScript and most JSON readers represent exactly. Greater seeds are written as strings.
    const ulong GreatestExact = 1UL << 53;

    public static string Write(RunSpecification specification)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("learner");
            LearnerJson.Write(json, specification.Learner);
            if (specification.Seed <= GreatestExact)
                json.WriteNumber("seed", specification.Seed);
            else
                json.WriteString("seed", specification.Seed.ToString(CultureInfo.InvariantCulture));
            Optional("episodes", specification.Episodes);
            Optional("max_steps", specification.MaxSteps);
            if (specification.InitialQ is { } initial)
                json.WriteBase64String("initial_q", initial.Pack());
            json.WritePropertyName("world");
            json.WriteRawValue(specification.World.ToJson());
            json.WriteEndObject();

            void Optional(string name, long? value)
            {
                if (value is { } number)
                    json.WriteNumber(name, number);
                else
                    json.WriteNull(name);
            }
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="InputException">The text is not a specification of this version.</exception>
    public static RunSpecification Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 10 });
            var json = document.RootElement;
            var seed = json.GetProperty("seed");
            var world = World.FromJson(json.GetProperty("world").GetRawText());
            var specification = new RunSpecification(world, LearnerJson.Read(json.GetProperty("learner")),
                seed.ValueKind == JsonValueKind.String ? ulong.Parse(seed.GetString()!, CultureInfo.InvariantCulture) : seed.GetUInt64(),
                json.GetProperty("episodes") is { ValueKind: not JsonValueKind.Null } episodes ? episodes.GetInt64() : null,
                json.GetProperty("max_steps") is { ValueKind: not JsonValueKind.Null } maxSteps ? maxSteps.GetInt32() : null)
            {
                InitialQ = json.TryGetProperty("initial_q", out var initial)
                    ? InitialQ.Unpack(initial.GetBytesFromBase64(), world.States * world.Actions) : null,
            };
            specification.Check();
            return specification;
        }
        catch (Exception e)
            when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or OverflowException)
        {
            throw new InputException($"The run's specification cannot be read: {Printable.Text(e.Message, 200)}");
        }
    }
}
