using System.Diagnostics;
using System.Text;

namespace GridWorld.Tests;

/// <summary>
/// What a reader of bytes from strangers must do, whatever it is given: read them, or throw an InputException that names the place; end
/// within a second; and allocate no more than a multiple of the input and a constant.
/// </summary>
internal static class Fuzz
{
    const string Name = "fuzz";
    const long Fixed = 4 << 20, Multiple = 50;
    const int Inputs = 400;
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    // Broken UTF-8 of several kinds, half surrogate pairs, numbers beyond all types, members given twice, nesting without an end.
    static readonly byte[][] Odd =
    [
        [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f], [0x00], [0xef, 0xbb, 0xbf], .. new[]
        {
            "\\ud800", "\\udc00", "\"\\ud800\":1,", "1e999", "-1e-999", "1e400", "99999999999", "99999999999999999999999999",
            "\"episodes\":1,\"episodes\":2,", "null", "{}", "[]", "-1", "0.5", "\"\"", "\"p\":", "\"S\"", "S", "#", "\t", "\n", "\r\n",
            "[[[[[[[[[[[[[[[[[[[[", "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":", "\"", ",", "}", "\\u0000", "\u202e", "NaN", "-0", "/**/",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Texts as a corpus.</summary>
    public static byte[][] Bytes(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Whether an answer of the server shows a path or a stack.</summary>
    public static bool IsTelltale(string answer) => answer.Contains("   at ") || answer.Contains("System.") || answer.Contains("GridWorld.")
        || answer.Contains(AppContext.BaseDirectory);

    /// <summary>Tries a reader with changed inputs: in the suite with some, in the long form for some seconds.</summary>
    /// <param name="reader">Its name.</param>
    /// <param name="place">
    /// What each error must contain, or several such texts with | between them; empty where the input is all there is to name.
    /// </param>
    /// <param name="corpus">Sound inputs.</param>
    /// <param name="read">Reads an input. Where the input only names a size, it says first how many cells it is about to make.</param>
    public static void Try(string reader, string place, IReadOnlyList<byte[]> corpus, Action<byte[], Action<long>> read)
    {
        ulong seed = Long.Seed(Name, 11);
        var (random, watch, seconds) = (Rng.Streams(seed).World, Stopwatch.StartNew(), Long.Count(Name, 0, 33));
        var (inputs, refused, current, failure) = (0L, 0L, Array.Empty<byte>(), (Exception?)null);
        var thread = new Thread(() =>
        {
            try
            {
                foreach (byte[] sound in corpus)
                    Assert.Null(Error(sound, place, read));
                for (; inputs < Inputs || watch.Elapsed.TotalSeconds < seconds; inputs++)
                {
                    current = Changed(corpus[random.Below(corpus.Count)], ref random);
                    refused += Error(current, place, read) is null ? 0 : 1;
                }
            }
            catch (Exception e)
            {
                failure = e;
            }
        }) { IsBackground = true };
        thread.Start();
        for (long before = -1; !thread.Join(Wait.Patience); before = inputs)
            Assert.True(inputs > before, $"{reader} does not end with {Shown(current)}");

        Assert.True(failure is null, $"{reader}, seed {seed}, input {inputs}: {Shown(current)}\n{failure}");
        Assert.InRange(refused, 1, inputs - 1);
        Long.Say(Name, $"{reader}: seed {seed}, {inputs} inputs, {refused} refused with the place");
    }

    /// <summary>What a reader says against an input; null if it reads it.</summary>
    public static string? Error(byte[] input, string place, Action<byte[], Action<long>> read)
    {
        // On a busy machine, anything can take a second once.
        for (int tries = 1; ; tries++)
        {
            var watch = Stopwatch.StartNew();
            string? error = ErrorOnce(input, place, read);
            if (watch.Elapsed <= Longest)
                return error;
            Assert.True(tries < 3, $"It takes {watch.Elapsed}.");
        }
    }

    static string? ErrorOnce(byte[] input, string place, Action<byte[], Action<long>> read)
    {
        long size = input.Length, before = GC.GetAllocatedBytesForCurrentThread();
        string? error = null;
        try
        {
            read(input, cells => size += cells);
        }
        catch (InputException e)
        {
            error = e.Message;
            Assert.All(e.Errors, each => Assert.True(each.Length is > 10 and < 600, each));
            Assert.True(place.Split('|').Any(one => error.Contains(one, StringComparison.Ordinal)), error);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Fixed + Multiple * size);
        return error;
    }

    /// <summary>A sound input with one to four changes.</summary>
    public static byte[] Changed(byte[] sound, ref Rng random)
    {
        var bytes = sound.ToList();
        for (int changes = 1 + random.Below(4); changes > 0; changes--)
        {
            int place = random.Below(bytes.Count + 1);
            switch (random.Below(7))
            {
                case 0:
                    bytes.InsertRange(place, Odd[random.Below(Odd.Length)]);
                    break;
                case 1:
                    bytes.InsertRange(AfterQuote(bytes, place), Odd[random.Below(Odd.Length)]);
                    break;
                case 2 when place < bytes.Count:
                    bytes[place] = (byte)random.Below(256);
                    break;
                case 3:
                    bytes.RemoveRange(place, Math.Min(random.Below(8), bytes.Count - place));
                    break;
                case 4:
                    bytes.InsertRange(place, bytes.GetRange(0, random.Below(bytes.Count + 1)));
                    break;
                case 5 when random.Below(4) == 0:
                    bytes.RemoveRange(place, bytes.Count - place);
                    break;
                case 6 when random.Below(4) == 0:
                    bytes.InsertRange(0, Enumerable.Repeat((byte)"[{"[random.Below(2)], random.Below(40)));
                    break;
            }
        }

        return [.. bytes];
    }

    // So that it lands inside a text or a name.
    static int AfterQuote(List<byte> bytes, int place) => bytes.IndexOf((byte)'"', place) is >= 0 and var quote ? quote + 1 : place;

    static string Shown(byte[] bytes) => $"{Convert.ToHexString(bytes)} {Encoding.Latin1.GetString(bytes)}";
}
