package io.creditrollover.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only public addresses get webhooks, however they are written. */
class AddressCheckTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1"
            })
    void isNotPublic(String address) throws UnknownHostException {
        assertThat(AddressCheck.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1", "100.63.255.255", "100.128.0.1", "126.255.255.255", "172.15.255.255", "172.32.0.1",
                "192.0.1.1", "192.167.255.255", "198.17.255.255", "198.20.0.1", "223.255.255.255", "2606:4700::1111"
            })
    void isPublic(String address) throws UnknownHostException {
        assertThat(AddressCheck.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void oneAddressOfSeveralIsEnoughToRefuse() {
        assertThatThrownBy(() -> check("https://hooks.example.com/", false, "1.1.1.1", "10.0.0.1"))
                .isInstanceOf(AddressCheck.RefusedException.class);
        assertThatCode(() -> check("https://hooks.example.com/", false, "1.1.1.1", "2606:4700::1111"))
                .doesNotThrowAnyException();
    }

    @Test
    void aNameThatLeadsToLoopbackIsRefusedUnlessItIsLocalhost() {
        assertThatThrownBy(() -> check("https://hooks.example.com/", false, "127.0.0.1"))
                .isInstanceOf(AddressCheck.RefusedException.class);
        assertThatCode(() -> check("http://localhost:8080/", false, "127.0.0.1", "::1"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check("http://localhost:8080/", false, "10.0.0.1"))
                .isInstanceOf(AddressCheck.RefusedException.class);
    }

    @Test
    void aPrivateAddressIsAllowedWhereTheSettingSaysSo() {
        assertThatCode(() -> check("https://hooks.example.com/", true, "10.0.0.1"))
                .doesNotThrowAnyException();
    }

    private static void check(String url, boolean allowPrivate, String... addresses) throws Exception {
        new AddressCheck(host ->
                        Arrays.stream(addresses).map(AddressCheckTest::parsed).toArray(InetAddress[]::new))
                .require(SenderTest.endpoint(url, List.of(), allowPrivate));
    }

    private static InetAddress parsed(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
