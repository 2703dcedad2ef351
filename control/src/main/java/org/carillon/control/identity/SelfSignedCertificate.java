package org.carillon.control.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates, which the JDK reads but cannot make. Apart from {@link RunIdentity}, since
 * compute nodes, which only read identities, have no BouncyCastle.
 */
final class SelfSignedCertificate {

  // The clocks of nodes may be years off when a run begins, and the certificate is worthless after
  // the run in any case, so its validity says nothing: RFC 5280, 4.1.2.5, has this end for that.
  private static final Instant VALID_FROM = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant VALID_TO = Instant.parse("9999-12-31T23:59:59Z");

  private static final int SERIAL_BITS = 128;

  private SelfSignedCertificate() {}

  /** A certificate of a key for a DNS name, in DER. */
  static byte[] of(KeyPair pair, String dnsName, String signature) throws GeneralSecurityException {
    X500Name name = new X500Name("CN=" + dnsName);
    try {
      return new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0), // never 0
              Date.from(VALID_FROM),
              Date.from(VALID_TO),
              name,
              pair.getPublic())
          .addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)))
          .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()))
          .getEncoded();
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
